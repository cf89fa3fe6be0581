groups-added = Hello, I am the Wenming assistant. In this group I only answer “/report@{ $bot }” from those who may see reports, with totals per department; for everything else please write to me privately. Never send anything classified.
groups-elsewhere = Please write to me privately for this. In groups there are only the departments' totals, for those who may see them.
groups-code =
    Code: <code>{ $code }</code> (for { $minutes } minutes)
    Whoever sent the command, please write to me privately: /bind { $code }
groups-bad-code = This code cannot be used (mistyped, expired, or asked for by somebody else). Please send /bind in the group again.
groups-choose = To which department shall the group “{ $title }” be bound? It will then see the totals of this department (those below it included) and nothing else.
groups-instead = ⚠️ It is bound to { $path } now; it will see the totals of { $path } no more.
groups-no-more = It is bound to { $path } no more; please tell whoever leads there.
groups-bound = ✅ The group “{ $title }” is bound to { $path }. Whoever is on the roster can send /report to me there and sees this department's totals, nothing personal.
groups-unbound = Done: the group “{ $title }” is no longer bound to { $path }.
groups-list = <b>Bound groups</b>
groups-none = None of your departments has a group yet.
groups-line = · { $title } → { $path }
groups-how = To bind one: add me to the department's group, send /bind@{ $bot } there, then send me the code that it shows in private. Nothing classified, please.
groups-button-unbind = Unbind: { $title }
groups-button-sure = Unbind it
groups-button-list = Back to the list
groups-sure = Unbind this group? It will no longer see the department's totals.
