"""Time expressions with their answers, worked out by hand with a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.claim.dates import find_times

WEDNESDAY = date(2022, 3, 2)
"""The report's day in the table, unless a line names another one."""

# One line an expression: the text, the words found, first day, last day (= the same), precision, time, role.
# "=" in the fourth column repeats the third; "-" is none.
TABLE = """
Nine died on Monday.|Monday|2022-02-28|=|1|-|event
Nine died on Wednesday.|Wednesday|2022-03-02|=|1|-|event
Nine died on Thursday.|Thursday|2022-02-24|=|1|-|event
Nine died Tuesday in the raid.|Tuesday|2022-03-01|=|1|-|event
Nine died last Wednesday.|last Wednesday|2022-02-23|=|1|-|event
Nine died last Friday.|last Friday|2022-02-25|=|1|-|event
Nine died this Sunday.|this Sunday|2022-02-27|=|1|-|event
They meet next Monday.|next Monday|2022-03-07|=|1|-|event
They meet this coming week, on Monday last week.|Monday last week|2022-02-21|=|1|-|event
The talks will open on Saturday.|Saturday|2022-03-05|=|1|-|event
Talks are scheduled for Friday.|Friday|2022-03-04|=|1|-|event
Saturday's blast killed ten.|Saturday|2022-02-26|=|1|-|event
The death toll from Saturdays blast rose.|Saturdays|2022-02-26|=|1|-|event
Two were hurt on Mon. in Harra.|Mon|2022-02-28|=|1|-|event
NINE DIED ON MONDAY.|MONDAY|2022-02-28|=|1|-|event
Six fell yesterday.|yesterday|2022-03-01|=|1|-|event
Six fell today.|today|2022-03-02|=|1|-|event
Six will leave tomorrow.|tomorrow|2022-03-03|=|1|-|event
The curfew begins tonight.|tonight|2022-03-02|=|1|night|event
He died the day before yesterday.|day before yesterday|2022-02-28|=|1|-|event
Earlier today a shell hit.|Earlier today|2022-03-02|=|1|-|event
Two died last night.|last night|2022-03-01|=|1|night|event
TWO DIED LAST NIGHT.|LAST NIGHT|2022-03-01|=|1|night|event
Two died this morning.|this morning|2022-03-02|=|1|morning|event
Two died this afternoon.|this afternoon|2022-03-02|=|1|afternoon|event
Two died yesterday evening.|yesterday evening|2022-03-01|=|1|evening|event
YESTERDAY MORNING TWO DIED.|YESTERDAY MORNING|2022-03-01|=|1|morning|event
Shelling went on overnight.|overnight|2022-03-01|2022-03-02|2|night|event
Overnight into Tuesday it burned.|Overnight into Tuesday|2022-02-28|2022-03-01|2|night|event
It burned overnight on Sunday.|overnight on Sunday|2022-02-27|2022-02-28|2|night|event
It burned overnight to Wednesday.|overnight to Wednesday|2022-03-01|2022-03-02|2|night|event
Six died on Sunday afternoon.|Sunday afternoon|2022-02-27|=|1|afternoon|event
Six died late Friday.|late Friday|2022-02-25|=|1|late|event
Six died early on Tuesday.|early on Tuesday|2022-03-01|=|1|early|event
Six died at dawn on Monday.|dawn on Monday|2022-02-28|=|1|dawn|event
Six died in the early hours of Saturday.|early hours of Saturday|2022-02-26|=|1|early|event
Six died on the night of 3 February.|night of 3 February|2022-02-03|=|1|night|event
Shots rang out at 5:49 p.m. Thursday.|5:49 p.m. Thursday|2022-02-24|=|1|17:49|event
Shots rang out on Monday at 3 a.m.|Monday at 3 a.m.|2022-02-28|=|1|03:00|event
Shots rang out Thursday at around 11.30pm.|Thursday at around 11.30pm|2022-02-24|=|1|23:30|event
Shots rang out at 12:15 a.m. on Sunday.|12:15 a.m. on Sunday|2022-02-27|=|1|00:15|event
It fell at 1500 GMT today.|1500 GMT today|2022-03-02|=|1|15:00 GMT|event
The siren sounded at 14:05 local.|14:05 local|-|-|1|14:05|time
The siren sounded about 7:30 p.m. near the mill.|7:30 p.m.|-|-|1|19:30|time
They struck at dawn.|dawn|-|-|1|dawn|time
They struck in the early morning, she said.|early morning|-|-|1|morning|time
The blast of 5 January|5 January|2022-01-05|=|1|-|event
ON 5 JANUARY TWO DIED|5 JANUARY|2022-01-05|=|1|-|event
He died on 3 March.|3 March|2021-03-03|=|1|-|event
He died on March 3rd.|March 3rd|2021-03-03|=|1|-|event
He died on March 1.|March 1|2022-03-01|=|1|-|event
He died on Dec. 31.|Dec. 31|2021-12-31|=|1|-|event
He died on Aug. 7 in Harra.|Aug. 7|2021-08-07|=|1|-|event
He died on Sept 9 in Harra.|Sept 9|2021-09-09|=|1|-|event
He died on the 22nd of September.|22nd of September|2021-09-22|=|1|-|event
He died on 4 May 2014.|4 May 2014|2014-05-04|=|1|-|event
He died on May 4, 2014.|May 4, 2014|2014-05-04|=|1|-|event
He died on May 4 2014, she said.|May 4 2014|2014-05-04|=|1|-|event
He died on 14 FEB 1999.|14 FEB 1999|1999-02-14|=|1|-|event
He died on 29 February 2016.|29 February 2016|2016-02-29|=|1|-|event
He died on 29 February.|29 February|2020-02-29|=|1|-|event
In the raid of 23 Aug 88, two died.|23 Aug 88|1988-08-23|=|1|-|event
The raid of 23-Aug-88 (state radio)|23-Aug-88|1988-08-23|=|1|-|event
The note of 7 Jun 21.|7 Jun 21|2021-06-07|=|1|-|event
They fought on 3 May last year.|3 May last year|2021-05-03|=|1|-|event
He was killed on Sunday, 6 February.|Sunday, 6 February|2022-02-06|=|1|-|event
He was killed on Sun 6 Feb.|Sun 6 Feb|2022-02-06|=|1|-|event
Lights went out on Saturday night, 1 October, said|Saturday night, 1 October|2021-10-01|=|1|night|event
It came Friday [24 September].|Friday [24 September|2021-09-24|=|1|-|event
YESTERDAY, 1 MARCH, TWO DIED|YESTERDAY, 1 MARCH|2022-03-01|=|1|-|event
The file is dated 2017-04-03 there.|2017-04-03|2017-04-03|=|1|-|event
They saw it on 2017-04-03T06:45:00Z there.|2017-04-03T06:45:00Z|2017-04-03|=|1|06:45 UTC|event
They met on 03/04/2017 there.|03/04/2017|2017-04-03|=|1|-|event
They met on 16/04/17 there.|16/04/17|2017-04-16|=|1|-|event
They met on 4/16/17 there.|4/16/17|2017-04-16|=|1|-|event
They met on 03.04.2017 there.|03.04.2017|2017-04-03|=|1|-|event
They met on 21-08-2013 there.|21-08-2013|2013-08-21|=|1|-|event
Clashes between 3 and 7 May killed six.|between 3 and 7 May|2021-05-03|2021-05-07|2|-|event
Clashes from 3 to 7 May killed six.|from 3 to 7 May|2021-05-03|2021-05-07|2|-|event
Clashes on 3-5 May killed six.|3-5 May|2021-05-03|2021-05-05|2|-|event
Clashes on May 3-5, 2015, killed six.|May 3-5, 2015|2015-05-03|2015-05-05|2|-|event
Clashes on 3, 4 and 5 May killed six.|3, 4 and 5 May|2021-05-03|2021-05-05|2|-|event
Clashes on 9 and 23 November 1989|9 and 23 November 1989|1989-11-09|1989-11-23|4|-|event
Clashes from 1 to 7 June 2016 there|from 1 to 7 June 2016|2016-06-01|2016-06-07|3|-|event
Clashes from Monday to Wednesday there|from Monday to Wednesday|2022-02-28|2022-03-02|2|-|event
Clashes between Friday and Sunday there|between Friday and Sunday|2022-02-25|2022-02-27|2|-|event
Clashes on Monday and Tuesday there|Monday and Tuesday|2022-02-28|2022-03-01|2|-|event
Clashes from 28 April to 3 May 2016 there|from 28 April to 3 May 2016|2016-04-28|2016-05-03|2|-|event
Clashes from March to May 2015 there|from March to May 2015|2015-03-01|2015-05-31|5|-|event
Clashes from October to March 2015 there|from October to March 2015|2014-10-01|2015-03-31|5|-|event
Clashes between 2012 and 2014 there|between 2012 and 2014|2012-01-01|2014-12-31|5|-|event
The 2014-2016 clashes|2014-2016|2014-01-01|2016-12-31|5|-|event
The 1980-88 clashes|1980-88|1980-01-01|1988-12-31|5|-|event
He fell two days ago.|two days ago|2022-02-28|=|1|-|event
He fell 10 days ago.|10 days ago|2022-02-20|=|1|-|event
He fell a day ago.|a day ago|2022-03-01|=|1|-|event
He fell three hours ago.|three hours ago|2022-03-02|=|1|-|event
He fell three nights ago.|three nights ago|2022-02-27|=|1|-|event
He fell a week ago.|a week ago|2022-02-20|2022-02-26|3|-|event
He fell three weeks ago.|three weeks ago|2022-02-06|2022-02-12|3|-|event
He fell a fortnight ago.|a fortnight ago|2022-02-13|2022-02-19|3|-|event
He fell six months ago.|six months ago|2021-09-01|2021-09-30|4|-|event
He fell two years ago.|two years ago|2020-01-01|2020-12-31|5|-|event
He fell a decade ago.|a decade ago|2012-01-01|2012-12-31|5|-|event
He fell a week earlier.|a week earlier|2022-02-20|2022-02-26|3|-|event
He fell two days earlier.|two days earlier|2022-02-28|=|1|-|event
It was hit in the past 24 hours.|past 24 hours|2022-03-01|2022-03-02|2|-|duration
It was hit in the last 48 hours.|last 48 hours|2022-02-28|2022-03-02|2|-|duration
It was hit over the past two days.|past two days|2022-02-28|2022-03-02|2|-|duration
It was hit over the past week.|past week|2022-02-23|2022-03-02|3|-|duration
It was hit in the past month.|past month|2022-02-02|2022-03-02|4|-|duration
It was hit in the last three months.|last three months|2021-12-02|2022-03-02|5|-|duration
It was hit in the past two years.|past two years|2020-03-02|2022-03-02|5|-|duration
It was hit over the weekend.|the weekend|2022-02-26|2022-02-27|2|-|event
It was hit last weekend.|last weekend|2022-02-26|2022-02-27|2|-|event
It was hit last week.|last week|2022-02-21|2022-02-27|3|-|event
It was hit this week.|this week|2022-02-28|2022-03-02|3|-|event
It was hit earlier this week.|earlier this week|2022-02-28|2022-03-02|3|-|event
It was hit late last week.|late last week|2022-02-24|2022-02-27|2|-|event
It was hit last month.|last month|2022-02-01|2022-02-28|4|-|event
It was hit earlier this month.|earlier this month|2022-03-01|2022-03-02|4|-|event
It was hit this year.|this year|2022-01-01|2022-03-02|5|-|event
It was hit earlier in the year.|earlier in the year|2022-01-01|2022-03-02|5|-|event
It was hit last year.|last year|2021-01-01|2021-12-31|5|-|event
It was hit late last year.|late last year|2021-09-01|2021-12-31|5|-|event
They vote next month.|next month|2022-04-01|2022-04-30|4|-|event
They fled in January.|January|2022-01-01|2022-01-31|4|-|event
They fled in July.|July|2021-07-01|2021-07-31|4|-|event
They fled in March.|March|2022-03-01|2022-03-02|4|-|event
They fled last March.|last March|2021-03-01|2021-03-31|4|-|event
They fled in May.|May|2021-05-01|2021-05-31|4|-|event
They fled in March 2015.|March 2015|2015-03-01|2015-03-31|4|-|event
They fled in Sept. 2015.|Sept. 2015|2015-09-01|2015-09-30|4|-|event
They fled in October last year.|October last year|2021-10-01|2021-10-31|4|-|event
They fled in early February.|early February|2022-02-01|2022-02-10|4|-|event
They fled in mid-May.|mid-May|2021-05-11|2021-05-20|4|-|event
They fled in late June 2016.|late June 2016|2016-06-21|2016-06-30|4|-|event
They fled at the end of January.|end of January|2022-01-21|2022-01-31|4|-|event
They fled in the first week of August.|first week of August|2021-08-01|2021-08-07|3|-|event
They fled in the last week of June 2016.|last week of June 2016|2016-06-24|2016-06-30|3|-|event
They fled in the first six months of 2016.|first six months of 2016|2016-01-01|2016-06-30|5|-|event
They fled in 2014.|2014|2014-01-01|2014-12-31|5|-|event
They fled in late 2015.|late 2015|2015-09-01|2015-12-31|5|-|event
They fled in early 2015.|early 2015|2015-01-01|2015-04-30|5|-|event
They fled at the end of 2015.|end of 2015|2015-09-01|2015-12-31|5|-|event
They fled the 2014 war.|2014|2014-01-01|2014-12-31|5|-|event
They fled the province (2014).|2014|2014-01-01|2014-12-31|5|-|event
They fled in the year 1999.|1999|1999-01-01|1999-12-31|5|-|event
They fled in the 1980s.|1980s|1980-01-01|1989-12-31|5|-|event
They fled last summer.|last summer|2021-06-01|2021-08-31|5|-|event
They fled in the winter of 2016.|winter of 2016|2016-12-01|2017-02-28|5|-|event
Nobody slept on New Year's Eve.|New Year's Eve|2021-12-31|=|1|-|event
NEW YEAR'S EVE TOLL RISES|NEW YEAR'S EVE|2021-12-31|=|1|-|event
Shells fell on New Year’s Day.|New Year’s Day|2022-01-01|=|1|-|event
Shells fell on Christmas Eve.|Christmas Eve|2021-12-24|=|1|-|event
Shells fell on Christmas Day 2015.|Christmas Day 2015|2015-12-25|=|1|-|event
Shells fell on Good Friday.|Good Friday|2021-04-02|=|1|-|event
Shells fell on Easter Sunday 2019.|Easter Sunday 2019|2019-04-21|=|1|-|event
Shells fell on Palm Sunday 2017.|Palm Sunday 2017|2017-04-09|=|1|-|event
Shells fell on Orthodox Easter 2019.|Orthodox Easter 2019|2019-04-28|=|1|-|event
Shells fell on the eve of Easter 2019.|eve of Easter 2019|2019-04-20|=|1|-|event
Shells fell on Thanksgiving.|Thanksgiving|2021-11-25|=|1|-|event
Shells fell at Nowruz.|Nowruz|2021-03-20|2021-03-21|2|-|event
Shells fell on Eid al-Fitr 2017.|Eid al-Fitr 2017|2017-06-25|2017-06-27|2|-|event
Shells fell on Eid al-Adha 2016.|Eid al-Adha 2016|2016-09-12|2016-09-14|2|-|event
Shells fell during Ramadan 2015.|Ramadan 2015|2015-06-17|2015-07-18|4|-|event
Shells fell at Ashura 2016.|Ashura 2016|2016-10-11|2016-10-13|2|-|event
Since October ten have died.|October|2021-10-01|2022-03-02|5|-|since
Since Monday ten have died.|Monday|2022-02-28|2022-03-02|2|-|since
Since 2011 many have died.|2011|2011-01-01|2022-03-02|5|-|since
Since early May 2021 ten have died.|early May 2021|2021-05-01|2022-03-02|5|-|since
Ten died since the start of the year.|start of the year|2022-01-01|2022-03-02|5|-|since
Ten died since the truce failed on September 19|September 19|2021-09-19|2022-03-02|5|-|since
Ten died in the war that began with protests in March 2011|March 2011|2011-03-01|2022-03-02|5|-|since
Last updated at Jul 172015 in Harra|Jul 172015|2015-07-17|=|1|-|dateline
Published July 9 2016 in Harra|July 9 2016|2016-07-09|=|1|-|dateline
Fighters held on Thursday 9 Jul 2015 At least ten died|Thursday 9 Jul 2015|2015-07-09|=|1|-|event
In July 14 people were killed.|July|2021-07-01|2021-07-31|4|-|event
In December, 31 people died.|December|2021-12-01|2021-12-31|4|-|event
On 5 May 45 people died.|5 May|2021-05-05|=|1|-|event
On 5 March brigade commanders met.|5 March|2021-03-05|=|1|-|event
"""

NOTHING = """
He may march on the capital.
May I add a word?
THEY MAY NOT PARTICIPATE.
THEY MAY AGAIN BE FREED.
We march in the sun.
Theresa May spoke to the families.
The support of May was noted.
A second man was hurt.
He sat in the sun.
He sat and the dog sat.
A man aged 17 was hurt.
A 17-year-old was hurt.
The 14 February group claimed it.
The 5 March Brigade fought on.
THE 19 APRIL MOVEMENT [M-19]
Fighters of the 30 September Movement
They crossed 6 October Bridge in Harra.
Call 555-0142-88 now.
Call 555-12-03-2017 now.
The match ended 3-2.
It cost $2014 each.
It cost 5.12 dinars.
It weighs 3.5 kg.
Some 2,000 people fled.
Fire broke out in 1500 homes.
Fire broke out in 2000 homes.
They fled from 1950 houses.
About 2014 people fled.
It killed 2015 soldiers.
An M-16 and an AR-15 were found.
An F-16 fell and 16 were hurt.
A 24-hour curfew was set.
Version 10.12.2014.7 was used.
Nobody has died since the war began.
He fell a few days ago.
It was hit recently.
It was hit in recent weeks.
It went on for 10 days.
It went on for months.
The Sunday Times wrote of it.
The Daily Mirror and Sunday Mirror wrote of it.
Bloody Sunday is remembered.
Black Friday sales were slow.
Sheffield Wednesday lost.
They pray on Fridays.
A mission in Mar Mikhael
He is one of ten.
The 32 May losses of ships
About 40 percent, or 5/12, remain.
Highway 2014 was cut.
Room 1900 was hit.
The Dec report was thin.
A decade of peace
He waited hours and hours.
"""


def _lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("line", _lines(TABLE))
def test_a_time_expression_means_the_days_worked_out_by_hand(line: str) -> None:
    text, words, first, last, prec, time, role = line.split("|")
    last = first if last == "=" else last
    found = [
        (m.span.of(text), str(m.date_from or "-"), str(m.date_to or "-"), str(m.prec), m.time or "-", m.role)
        for m in find_times(text, WEDNESDAY)
        if m.span.of(text) == words
    ]
    assert found == [(words, first, last, prec, time, role)]


@pytest.mark.parametrize("text", _lines(NOTHING))
def test_what_only_looks_like_a_time_gives_no_mention(text: str) -> None:
    assert find_times(text, WEDNESDAY) == ()
