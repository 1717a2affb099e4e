"""The page for people: the live journal, a form that sends requests, scripted faults, the reference of rules."""

from generator.mock.page.routes import PAGE, RULES, page_routes

__all__ = ["PAGE", "RULES", "page_routes"]
