"""Gives each local value a theme, so that one finds it among hundreds; those of the starter base the theme they came in."""

from django.db import migrations, models

THEMES = {
    "afval": (
        "afval_buiten_tijd afval_gft_hoe_vaak afval_papier_hoe_vaak afval_pmd_hoe_vaak afval_rest_hoe_vaak "
        "afvalpas_kosten container_extra_gft_kosten container_extra_kosten container_reparatie_termijn "
        "container_ruilen_kosten container_terugkom_termijn grofvuil_hoeveelheid grofvuil_kosten kerstboom_dag "
        "kerstboom_plek luiers_bak milieustraat_gratis_hoeveelheid milieustraat_tarief milieustraat_toegang "
        "ondergrondse_container_termijn zwerfafval_termijn"
    ),
    "belastingen": (
        "aanmaning_kosten afvalstoffenheffing_een_persoon afvalstoffenheffing_meer_personen "
        "afvalstoffenheffing_peildatum belasting_termijnen belasting_teruggave_termijn dwangbevel_kosten "
        "hondenbelasting_bedrag hondenbelasting_volgende_hond kwijtschelding_belastingen "
        "kwijtschelding_beslistermijn ozb_pand_eigenaar_percentage ozb_pand_gebruiker_percentage "
        "ozb_woning_percentage rioolheffing_bedrag rioolheffing_betaler toeristenbelasting_tarief"
    ),
    "bestuur-en-contact": (
        "archief_beginjaar archief_kosten archief_termijn bezwaar_digitaal burgerinitiatief_handtekeningen "
        "discriminatiemeldpunt_telefoon dorpshuis_prijs griffie_telefoon idee_termijn inspreektijd "
        "inspreken_aanmelden jaarsubsidie_datum klacht_terugbeltermijn leeszaal_tijden lintje_uiterste_datum "
        "nieuws_krant ombudsman_naam schade_termijn spreekuur_bestuur stadhuis_toegankelijk "
        "subsidie_groot_termijn subsidie_klein_bedrag subsidie_klein_termijn"
    ),
    "burgerzaken": (
        "achternaam_wijzigen_kosten akte_kosten bewijs_van_leven_kosten eerste_inschrijving_duur graf_termijn "
        "graf_verlenging_kosten graf_verlenging_termijn identiteitskaart_kind_kosten identiteitskaart_kosten "
        "legalisatie_kosten naturalisatie_jaren naturalisatie_kosten optie_kosten optie_termijn "
        "partnerschap_omzetten_kosten paspoort_kind_kosten paspoort_kosten reisdocument_levertijd "
        "reisdocument_spoed_kosten rijbewijs_kosten rijbewijs_levertijd rijbewijs_spoed_kosten rni_loket_plaats "
        "spoed_uiterste_tijd trouwambtenaar_kosten trouwambtenaar_termijn trouwen_gratis_moment trouwen_kosten "
        "trouwen_zaterdag_kosten trouwlocatie uittreksel_kosten vog_kosten"
    ),
    "gemeente": (
        "gemeente_email gemeente_naam gemeente_telefoon gemeente_website hulp_digitaal_plek hulp_digitaal_tijd "
        "milieustraat_adres milieustraat_openingstijden openingstijden_balie openingstijden_telefoon rekenkamer "
        "stadhuis_adres stadhuis_postadres"
    ),
    "ondernemen-en-evenementen": (
        "bedrijf_aan_huis_ruimte bingo_prijs_avond bingo_prijs_ronde collecte_kosten collecte_termijn "
        "demonstratie_meldtijd evenement_kosten_bedrijf evenement_kosten_vereniging evenement_termijn "
        "groot_evenement_personen groot_evenement_termijn hekken_lenen_plek klein_evenement_personen "
        "klein_evenement_termijn klein_evenement_tijden loterij_prijs_grens markt_dag_en_plek markt_dagprijs "
        "markt_meldtijd ondernemersloket_telefoon reinigingsrecht_regel stoepbord_regel straatmuziek_regel "
        "tapontheffing_kosten tapontheffing_termijn terras_kosten terras_tijden terras_vrije_ruimte venten_regel "
        "vuurwerk_aanvraagdatum vuurwerk_regel winkeltijden_regel zaalhuur_gymzaal zaalhuur_inschrijfdatum "
        "zaalhuur_sporthal zaalhuur_termijn"
    ),
    "openbare-ruimte-en-melden": (
        "buurtbudget_bedrag dierenambulance_telefoon dierenopvang_naam dood_huisdier_plek graffiti_hulp "
        "groen_termijn hond_boete hond_lijnregel lamp_termijn onkruid_keren speelplek_termijn storing_telefoon "
        "waterschap_naam waterschap_telefoon wegherstel_termijn zout_halen_plek"
    ),
    "verkeer-en-parkeren": (
        "autovrij_aanvraag_termijn autovrij_dag_kosten autovrij_venstertijden bezoek_parkeren_tarief "
        "bezoek_parkeren_uren blauwe_zone_ontheffing_kosten caravan_termijn fietsdepot_adres "
        "fietsdepot_bewaartermijn fietsdepot_kosten fietsenrek_termijn gevonden_voorwerpen_adres "
        "gpk_betaald_parkeren gpk_kosten gpk_termijn gpk_vervangen_kosten gpp_kosten gpp_termijn laadkabel_regel "
        "laadpaal_afstand laadpaal_duur naheffing_kosten object_aanvraag_termijn object_kosten object_vrij_duur "
        "parkeervergunning_bedrijf_kosten parkeervergunning_kosten parkeervergunning_termijn "
        "parkeervergunning_tweede_kosten parkeren_gratis_plek parkeren_tarief_centrum verkeersverzoek_termijn "
        "vrachtwagen_parkeerplek weesfiets_label_termijn wegsleep_adres wegsleep_kosten wegsleep_openingstijden"
    ),
    "wonen-en-bouwen": (
        "bouwadvies_spreekuur buurtbemiddeling_telefoon energieloket_naam energieloket_telefoon "
        "isolatiesubsidie_bedrag kamerverhuur_grens kap_kosten kap_stamomtrek schutting_hoogte_achter "
        "schutting_hoogte_voor snippergroen_prijs starterslening_huisprijs starterslening_maximum uitrit_kosten "
        "urgentie_kosten vakantieverhuur_regel vooroverleg_kosten vooroverleg_termijn woningzoeken_kosten "
        "woningzoeken_naam woningzoeken_website"
    ),
    "zorg-en-ondersteuning": (
        "bijstand_betaaldag clientondersteuning_telefoon energiehulp_naam gemeentepolis_verzekeraar "
        "inkomenstoeslag_bedrag_alleen inkomenstoeslag_bedrag_samen inkomenstoeslag_inkomensgrens "
        "inkomenstoeslag_jaren kringloop_naam leerlingenvervoer_aanvraagdatum leerlingenvervoer_afstand "
        "mantelzorg_steunpunt mantelzorg_waardering mantelzorg_waardering_einddatum minimapas_bedrag_kind "
        "minimapas_bedrag_volwassene minimapas_inkomensgrens minimapas_naam minimapas_vervaldatum "
        "nachtopvang_adres nachtopvang_telefoon regiotaxi_naam regiotaxi_prijs regiotaxi_telefoon "
        "voedselbank_adres voedselbank_uitgiftedag vrijwilligerspunt_naam vrijwilligerspunt_telefoon "
        "werkplein_adres wmo_eigen_bijdrage"
    ),
}


def give_themes(apps, _schema_editor):
    values = apps.get_model("knowledge", "LocalValue").objects
    for theme, keys in THEMES.items():
        values.filter(key__in=keys.split()).update(theme=theme)


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0008_files_with_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='localvalue',
            name='theme',
            field=models.TextField(blank=True, db_default='', default='', help_text='what it is about, so that it is found among hundreds'),
        ),
        migrations.RunPython(give_themes, migrations.RunPython.noop, elidable=True),
    ]
