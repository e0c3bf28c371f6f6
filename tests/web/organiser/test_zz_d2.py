from app.actions import schedules as actions
from app.models.base import db
from tests.builders import *
from tests.web.organiser.test_schedules import fair, team, address, text
def test_x(team, fair, count_queries):
    fair=a_fair(fair.edition.series.organiser, companies=2, buyers=2, slots=2, tables=2); db.session.commit()
    run=actions.ask_for_run(fair.edition, by=None, seconds=1)
    team.get(address(fair, run))
    with count_queries:
        r=team.get(address(fair, run))
    for s in count_queries.statements: print(s[:150].replace("\n"," "))
    print(text(r)[2000:6000])
    assert 0
