"""Mails that were written by others than the outbox go over SMTP as they do in every Django."""

from django.core.mail import send_mail


def test_a_mail_of_another_program_of_the_desk_is_sent(server):
    assert send_mail("Test", "Größe", "desk@desk.test", ["ann@desk.test"]) == 1
    (envelope,) = server.accepted
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@desk.test", ["ann@desk.test"])
    assert envelope.content.endswith("\r\n\r\nGröße\r\n".encode())
