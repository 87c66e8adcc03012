"""The demo desk: people and articles written for it. Only an embedded desk may load them."""

from datetime import date

from claims.enums import Role

DEMO_PASSWORD = "demo-desk"  # noqa: S105  a laptop's loopback desk; seed_demo refuses anywhere else
DEMO_PEOPLE = {
    "admin": ("Alma", "Reyes", Role.ADMINISTRATOR),
    "editor": ("Edda", "Lund", Role.EDITOR),
    "producer": ("Paulo", "Brandt", Role.PRODUCER),
    "reviewer1": ("Rita", "Moreau", Role.REVIEWER),
    "reviewer2": ("Sam", "Lindqvist", Role.REVIEWER),
    "reviewer3": ("Noor", "Haddad", Role.REVIEWER),
}
DEMO_LOGINS = tuple(DEMO_PEOPLE)

# file in articles/, outlet, date of publication where the page does not say it
DEMO_ARTICLES = (
    ("grain-corridor.txt", "Velmark Courier", None),
    ("harbour-bridge.txt", "Norrland Daily", date(2024, 1, 22)),
    ("hospital-beds.txt", "Marrowdale Echo", None),
    ("river-survey.txt", "Tamsel Valley News", date(2023, 11, 6)),
)
