"""Goals, and the totals that people type."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from donations import board
from donations.forms.goal import GoalForm
from donations.forms.sums import minor
from donations.models import Change, Goal, Total
from donations.services import goals
from tests.desk import logged_in
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_goal, make_live

pytestmark = pytest.mark.django_db
GOALS = "/admin/donations/goal/"
HOUR = timedelta(hours=1)


@pytest.fixture
def noon() -> datetime:
    return timezone.now().replace(microsecond=0)


def totals(goal: Goal) -> str:
    return f"{GOALS}{goal.pk}/totals/"


def raised(goal: Goal) -> int | None:
    goal.refresh_from_db()
    return goal.raised


def test_total_reaches_readers_and_the_log(noon: datetime) -> None:
    goal = make_goal(target=50_000_00)
    make_live(goal=goal)

    goals.add_total(goal, raised=12_400_00, as_of=noon, by=make_user("fundraiser"))

    content = board.read()
    assert content is not None
    shown = content["appeals"][0]["goal"]
    assert shown is not None
    assert (shown["raised"], shown["target"], shown["share"]) == ("$12,400", "$50,000", 24)
    assert Change.objects.get(field="Raised").after == "$12,400"


def test_older_total_is_kept_and_never_replaces_a_newer_one(noon: datetime) -> None:
    goal = make_goal()
    goals.add_total(goal, raised=2_00, as_of=noon)

    goals.add_total(goal, raised=1_00, as_of=noon - HOUR)

    assert raised(goal) == 2_00
    assert Total.objects.count() == 2


def test_a_wrong_total_is_put_right_by_another_of_the_same_moment(noon: datetime) -> None:
    goal = make_goal()
    goals.add_total(goal, raised=2_000_00, as_of=noon)

    goals.add_total(goal, raised=200_00, as_of=noon)

    assert raised(goal) == 200_00


def test_goal_is_made_at_the_desk_in_whole_units() -> None:
    client = logged_in(role="fundraiser")

    typed = {"name": "Winter", "slug": "winter", "currency": "EUR", "target": "50,000"}
    client.post(f"{GOALS}add/", typed)

    goal = Goal.objects.get()
    assert goal.target == 50_000_00
    assert Change.objects.get(field="Target").after == "€50,000"


def test_changed_goal_logs_what_differs() -> None:
    goal = make_goal(target=10_00, name="Winter", slug="winter")

    typed = {"name": "Winter", "slug": "winter", "currency": "USD", "target": "20"}
    typed |= {"reason": "A gift that doubles it"}
    logged_in(role="fundraiser").post(f"{GOALS}{goal.pk}/change/", typed)

    goal.refresh_from_db()
    assert goal.target == 20_00
    logged = Change.objects.values_list("field", "reason")
    assert [*logged] == [("Target", "A gift that doubles it")]


def test_currency_stays_once_a_sum_has_come_in(noon: datetime) -> None:
    goal = make_goal(name="Winter", slug="winter", currency="USD")
    goals.add_total(goal, raised=1_00, as_of=noon)

    typed = {"name": "Winter", "slug": "winter", "currency": "JPY", "target": "20"}
    typed |= {"reason": "Less is needed"}
    logged_in(role="fundraiser").post(f"{GOALS}{goal.pk}/change/", typed)

    goal.refresh_from_db()
    assert (goal.currency, goal.target) == ("USD", 20_00)


def new(**fields: str) -> dict[str, str]:
    """What is typed for a new goal, with changes."""
    return {"name": "Winter", "slug": "winter", "currency": "EUR", "target": "50,000", **fields}


def test_target_that_is_no_sum_is_told_and_all_is_kept() -> None:
    for target in ["much", "0", "-5", ""]:
        assert "target" in GoalForm(new(target=target)).errors, target

    page = logged_in(role="fundraiser").post(f"{GOALS}add/", new(target="1.234")).content.decode()

    assert 'value="Winter"' in page
    assert "errorlist" in page
    assert not Goal.objects.exists()


def test_total_is_typed_at_the_desk_as_of_now() -> None:
    goal = make_goal()
    before = timezone.now()

    answer = logged_in(role="fundraiser").post(totals(goal), {"raised": "12,400.50"})

    assert answer.status_code == 302
    assert raised(goal) == 12_400_50
    assert before <= goal.totals.get().as_of <= timezone.now()


def test_total_of_the_future_is_refused_and_kept_as_typed() -> None:
    goal = make_goal()
    typed = {"raised": "12", "as_of_0": "2099-01-01", "as_of_1": "12:00"}

    answer = logged_in(role="fundraiser").post(totals(goal), typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nobody knows yet what will have come in then." in page
    assert 'value="12"' in page
    assert raised(goal) is None


def test_old_total_is_told_at_the_desk() -> None:
    goal = make_goal()
    goals.add_total(goal, raised=1_00, as_of=timezone.now() - 25 * HOUR)

    page = logged_in(role="fundraiser").get(totals(goal)).content.decode()

    assert "Readers see no total that is older than 24 hours" in page
    assert "Too old to be shown" in logged_in().get(GOALS).content.decode()


def test_history_of_totals_says_who(noon: datetime) -> None:
    goal = make_goal()
    by = make_user("fundraiser", first_name="Ann", last_name="Example")
    goals.add_total(goal, raised=1_00, as_of=noon - HOUR, by=by)
    goals.add_total(goal, raised=2_00, as_of=noon, event="e1")

    page = logged_in().get(totals(goal)).content.decode()

    assert "by Ann Example" in page
    assert "by the donation page" in page


def test_who_may_only_read_sees_sums_as_readers_do() -> None:
    goal = make_goal(target=50_000_00)

    page = logged_in(role="editor").get(f"{GOALS}{goal.pk}/change/").content.decode()

    assert "$50,000" in page
    assert "5000000" not in page


def test_totals_are_noted_by_those_who_may() -> None:
    goal = make_goal()

    assert logged_in(role="editor").post(totals(goal), {"raised": "1"}).status_code == 403
    assert logged_in(role="writer").get(totals(goal)).status_code == 403
    assert raised(goal) is None


def test_goal_of_an_appeal_cannot_be_deleted() -> None:
    goal = make_goal()
    make_appeal(goal=goal)

    with pytest.raises(ProtectedError):
        goals.delete_goal(goal, by=make_user("administrator"))


def test_deleted_goal_leaves_its_trace() -> None:
    goal = make_goal(name="Winter")

    logged_in(role="administrator").post(f"{GOALS}{goal.pk}/delete/", {"post": "yes"})

    assert not Goal.objects.exists()
    assert Change.objects.get(field="Name").before == "Winter"


def test_sums_as_typed() -> None:
    typed = [("25", "USD"), (" 2.5 ", "USD"), ("10,000.05", "EUR"), ("1000", "JPY")]
    typed += [("1.234", "KWD"), ("0", "USD")]

    assert [minor(*one) for one in typed] == [2500, 250, 1_000_005, 1000, 1234, 0]


def test_what_is_no_sum() -> None:
    wrong = [("1,00", "USD"), ("1.5", "JPY"), ("$5", "USD"), ("-1", "USD"), ("٣", "USD")]
    for text, currency in [*wrong, ("9" * 20, "USD")]:
        with pytest.raises(ValidationError):
            minor(text, currency)


def test_a_name_claims_nothing() -> None:
    for name in ["Winter 2044", "Half of our budget", "<up 133%"]:
        assert "Readers see the name: leave out" in str(GoalForm(new(name=name)).errors["name"])
