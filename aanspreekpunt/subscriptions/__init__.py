"""Telling other systems what happened: who wants to know, what they are told, and seeing to it that it arrives."""
