groups-added = Hello, I am the Wenming assistant. In this group I only answer “/report@{ $bot }” from those who may see reports, with totals per department; for everything else please write to me privately. Never send anything classified.
groups-elsewhere = Please write to me privately for this. In groups there are only the departments' totals, for those who may see them.
