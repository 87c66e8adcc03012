"""The demo desk: people and articles written for it. Only an embedded desk may load them."""

from datetime import date

DEMO_PASSWORD = "demo-desk"  # noqa: S105  a laptop's loopback desk; seed_demo refuses anywhere else
DEMO_LOGINS = ("admin", "editor", "producer", "reviewer1", "reviewer2", "reviewer3")

# file in articles/, outlet, date of publication where the page does not say it
DEMO_ARTICLES = (
    ("grain-corridor.txt", "Velmark Courier", None),
    ("harbour-bridge.txt", "Norrland Daily", date(2024, 1, 22)),
    ("hospital-beds.txt", "Marrowdale Echo", None),
    ("river-survey.txt", "Tamsel Valley News", date(2023, 11, 6)),
)
