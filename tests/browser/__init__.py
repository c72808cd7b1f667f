"""The product as people meet it: in a real browser, each person on a screen of his own, over a real web server."""
