"""The rules about fiscal years and dates that cannot be, or are another year's."""

from __future__ import annotations

from ita_helpers.checks.finished.levels.levels_renamed import years_of_level_names
from ita_helpers.checks.finished.rule import Rule, all_of
from ita_helpers.checks.finished.sums.headed_twice import years_of_tables
from ita_helpers.checks.finished.times.days_beside import (
    days_of_week,
    lonely_years,
)
from ita_helpers.checks.finished.times.source_years import (
    bad_quarters,
    common_era,
    eras_that_differ,
    phases_of_sources,
    quarters_out_of_order,
    spans_of_sources,
    years_of_aims,
    years_of_sources,
)
from ita_helpers.checks.finished.times.streaks import wrong_streaks
from ita_helpers.checks.finished.times.times_judged import judged
from ita_helpers.checks.finished.times.told_since import compared_with_themselves, later_than_today
from ita_helpers.checks.finished.times.years_beside import (
    of_another_year,
    of_two_years,
    wrong_years_of_ends,
)
from ita_helpers.checks.finished.times.years_in_words import (
    years_of_changes,
    years_of_titles,
    years_since_changes,
)
from ita_helpers.checks.finished.times.years_of_tables import captions

SOURCES = (
    years_of_sources,
    spans_of_sources,
    phases_of_sources,
    years_of_aims,
    years_of_level_names,
)
SINCE = (compared_with_themselves, later_than_today)
RULES = (
    Rule("ITA611", "error", all_of(judged("ITA611"), lonely_years, years_of_titles)),
    Rule(
        "ITA612",
        "error",
        all_of(
            of_another_year,
            of_two_years,
            wrong_years_of_ends,
            years_of_tables,
            years_of_changes,
            years_since_changes,
        ),
    ),
    Rule("ITA613", "error", judged("ITA613")),
    Rule("ITA614", "warning", all_of(*SOURCES, judged("ITA614"))),
    Rule("ITA615", "error", judged("ITA615")),
    Rule("ITA616", "error", all_of(bad_quarters, judged("ITA616"), days_of_week)),
    Rule("ITA617", "error", all_of(quarters_out_of_order, judged("ITA617"), wrong_streaks, *SINCE)),
    Rule("ITA618", "error", all_of(common_era, eras_that_differ, judged("ITA618"))),
    Rule("ITA619", "warning", all_of(captions, judged("ITA619"))),
    Rule("ITA620", "error", judged("ITA620")),
    Rule("ITA621", "error", judged("ITA621")),
    Rule("ITA622", "error", judged("ITA622")),
    Rule("ITA623", "error", judged("ITA623")),
)
