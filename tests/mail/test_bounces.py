# SPDX-License-Identifier: EUPL-1.2
"""Reports of letters that came back are read as RFC 3464 writes them."""

from app.mail.bounces import Bounce, bounces_of

REPORT = b"""From: MAILER-DAEMON@exemple.fr
To: lettre@exemple.fr
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="AA"

--AA
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--AA
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.exemple.fr
Arrival-Date: Sun, 22 Nov 2026 03:00:00 +0000

Final-Recipient: rfc822; Partie@exemple.fr
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

Final-Recipient: rfc822; pleine@exemple.fr
Action: delayed
Status: 4.2.2
Diagnostic-Code: smtp; 452 4.2.2 Mailbox full

--AA
Content-Type: message/rfc822

Subject: Novembre

--AA--
"""


def test_only_a_lasting_failure_counts():
    assert bounces_of(REPORT) == [Bounce("Partie@exemple.fr", "550 5.1.1 User unknown")]


def test_another_letter_says_nothing():
    assert bounces_of(b"From: a@exemple.fr\nSubject: Bonjour\n\nStatus: 5.1.1\n") == []
    assert bounces_of(b"") == []
    assert bounces_of(b"\xff\xfe\x00garbage") == []
