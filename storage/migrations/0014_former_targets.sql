-- What is over is judged by the target that it had: the last day on which each former one stood.
CREATE TABLE former_targets (
    until TEXT PRIMARY KEY,
    percent BIGINT NOT NULL
)
