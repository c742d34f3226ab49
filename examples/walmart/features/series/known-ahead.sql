-- Holiday weeks of the chain by name, and the days of a week that lie in the last seven before
-- Christmas: 2010 had all of them in the week that ended on the 24th, 2012 only four.
SELECT week_ends_on AS at,
  max(CASE WHEN is_holiday AND month(week_ends_on) = 2 THEN 1 ELSE 0 END) AS super_bowl,
  max(CASE WHEN is_holiday AND month(week_ends_on) = 9 THEN 1 ELSE 0 END) AS labor_day,
  max(CASE WHEN is_holiday AND month(week_ends_on) = 11 THEN 1 ELSE 0 END) AS thanksgiving,
  max(CASE WHEN is_holiday AND month(week_ends_on) = 12 THEN 1 ELSE 0 END) AS after_christmas,
  max(CASE WHEN month(week_ends_on) <> 12 THEN 0
    ELSE greatest(0, 7 - abs(date_diff('day', week_ends_on, make_date(year(week_ends_on), 12, 24))))
    END) AS days_before_christmas
FROM weeks
GROUP BY week_ends_on
