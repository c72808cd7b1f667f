"""Contacts are found by words and by any part of a text: two indexes, and a list of the words there are."""

from django.db import migrations

INDEX = """
CREATE FUNCTION contact_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN (SELECT coalesce(array_agg(DISTINCT CASE WHEN length(word) > 64 THEN '(long)' ELSE word END), '{}')
            FROM regexp_split_to_table(lower(said), '[^[:alnum:]]+') AS word WHERE word <> '');

CREATE FUNCTION word_grams(word text) RETURNS int[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
    RETURN (SELECT coalesce(array_agg(DISTINCT hashtext(substr(word, place, 3))), '{}')
            FROM generate_series(1, length(word) - 2) AS place);

CREATE FUNCTION contact_keeps_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- No key guards that a word stands there once: two who bring the same new word need not wait for each other.
    INSERT INTO contact_word (word)
    SELECT DISTINCT said.word FROM come, unnest(contact_words(subject || ' ' || text || ' ' || reply)) AS said(word)
    WHERE NOT EXISTS (SELECT FROM contact_word known WHERE known.word = said.word);
    RETURN NULL;
END $$;

INSERT INTO contact_word (word)
SELECT DISTINCT unnest(contact_words(subject || ' ' || text || ' ' || reply)) FROM contact;

CREATE TRIGGER contact_brings_words AFTER INSERT ON contact REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION contact_keeps_words();
CREATE TRIGGER contact_changes_words AFTER UPDATE ON contact REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION contact_keeps_words();

CREATE INDEX contact_word_by_part ON contact_word USING gin (word_grams(word));
CREATE INDEX contact_by_parts ON contact USING gin (contact_words(subject || ' ' || text || ' ' || reply));
CREATE INDEX contact_by_words ON contact USING gin (
    to_tsvector('dutch', subject || ' ' || left(text, 100000) || ' ' || left(reply, 100000)));
"""

LEAVE = """
DROP INDEX contact_by_words;
DROP INDEX contact_by_parts;
DROP INDEX contact_word_by_part;
DROP TRIGGER contact_changes_words ON contact;
DROP TRIGGER contact_brings_words ON contact;
DROP FUNCTION contact_keeps_words();
DROP FUNCTION word_grams(text);
DROP FUNCTION contact_words(text);
"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0011_words_in_contacts")]
    operations = [migrations.RunSQL(INDEX, LEAVE)]
