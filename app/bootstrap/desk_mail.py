"""A desk's mail joined with what understands and makes it."""

from app.mail.composing import compose
from app.mail.pictures import fetch_picture
from app.mail.reading import read, read_head
from app.services.compose import MailTools

TOOLS = MailTools(read, read_head, compose, fetch_picture)
