CREATE INDEX usages_by_team ON usages (team, month);
