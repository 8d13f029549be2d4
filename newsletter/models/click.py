from datetime import date

from django.db import connection, models

from newsletter.models.issue import Issue


class ClickManager(models.Manager["Click"]):
    def count_one(self, issue_id: int, link: int, on: date, *, is_robot: bool) -> None:
        """Add one to the row of this link and day, which nobody else's adding can lose."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO newsletter_click AS c (issue_id, link, "on", n_people, n_robots)
                VALUES (%s, %s, %s, %s, %s)
                ON CONFLICT (issue_id, link, "on") DO UPDATE SET
                    n_people = c.n_people + excluded.n_people,
                    n_robots = c.n_robots + excluded.n_robots
                """,
                [issue_id, link, on, int(not is_robot), int(is_robot)],
            )


class Click(models.Model):
    """How often one link of one round-up was followed on one day; by nobody in particular."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="clicks")
    link = models.PositiveSmallIntegerField(help_text="Place among the letter's links, from 0.")
    on = models.DateField()
    n_people = models.PositiveIntegerField(default=0)
    n_robots = models.PositiveIntegerField("likely robots", default=0)

    objects = ClickManager()

    class Meta:
        ordering = ["on", "link"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "link", "on"], name="newsletter_click_once"),
        ]

    def __str__(self) -> str:
        return f"Link {self.link} on {self.on}"
