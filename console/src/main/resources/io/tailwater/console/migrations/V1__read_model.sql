-- Derived from topics and rebuilt from them whenever needed: nothing here is the only copy of anything.
-- Times are milliseconds since 1970-01-01 UTC.

-- Meaning of the rows below; another meaning (a new report schema, another cluster) empties the model.
create table model_meaning (
  name  varchar(100) primary key,
  meaning varchar(200) not null
);

-- Up to which record each partition has been taken in.
create table projection (
  topic       varchar(249) not null,
  partition   integer      not null,
  next_offset bigint       not null,
  primary key (topic, partition)
);

create table report (
  report_id       varchar(200) not null primary key,
  workspace_uuid  varchar(100) not null,
  repository_uuid varchar(100) not null,
  number          bigint       not null,
  workspace_slug  varchar(200) not null,
  repository_slug varchar(200) not null,
  title           varchar(2000) not null,
  title_searched  varchar(2000) not null,
  head            varchar(40)  not null,
  outcome         varchar(20)  not null,
  verdict         varchar(20),
  complete        boolean      not null,
  breaking        integer      not null,
  possible        integer      not null,
  origin          varchar(20)  not null,
  run_name        varchar(200) not null,
  connection_id   varchar(64)  not null,
  updated_on      bigint       not null,
  created_at      bigint       not null,
  newest          boolean      not null,
  body            bytea        not null
);
create index report_of_pull_request on report (workspace_uuid, repository_uuid, number, run_name);
create index report_newest on report (newest, run_name, updated_on);

create table publication (
  workspace_uuid  varchar(100) not null,
  repository_uuid varchar(100) not null,
  number          bigint       not null,
  connection_id   varchar(64)  not null,
  report_id       varchar(200) not null,
  head            varchar(40)  not null,
  comment_id      bigint,
  status          varchar(20)  not null,
  reason          varchar(2000) not null,
  published_at    bigint       not null,
  primary key (workspace_uuid, repository_uuid, number)
);
create index publication_of_connection on publication (connection_id, published_at);

create table pull_request (
  workspace_uuid  varchar(100) not null,
  repository_uuid varchar(100) not null,
  number          bigint       not null,
  workspace_slug  varchar(200) not null,
  repository_slug varchar(200) not null,
  title           varchar(2000) not null,
  author          varchar(500) not null,
  state           varchar(20)  not null,
  draft           boolean      not null,
  head            varchar(40)  not null,
  head_branch     varchar(500) not null,
  base_branch     varchar(500) not null,
  origin          varchar(20)  not null,
  connection_id   varchar(64)  not null,
  updated_on      bigint       not null,
  primary key (workspace_uuid, repository_uuid, number)
);
create index pull_request_of_connection on pull_request (connection_id, state);

create table connection (
  connection_id    varchar(64)  not null primary key,
  workspace_slug   varchar(200) not null,
  workspace_uuid   varchar(100) not null,
  scope            varchar(20)  not null,
  repositories     varchar(20000) not null,
  state            varchar(30)  not null,
  token_expires_at bigint,
  updated_at       bigint       not null
);

-- When something last arrived through a connection.
create table arrival (
  connection_id varchar(64) not null,
  origin        varchar(20) not null,
  at            bigint      not null,
  primary key (connection_id, origin)
);

-- When a dataset of a repository's default branch last became known.
create table repository_assets (
  workspace_uuid  varchar(100) not null,
  repository_uuid varchar(100) not null,
  last_at         bigint       not null,
  primary key (workspace_uuid, repository_uuid)
);

create table dead_letter (
  topic            varchar(249) not null,
  partition        integer      not null,
  record_offset    bigint       not null,
  source_topic     varchar(249) not null,
  source_partition integer      not null,
  source_offset    bigint       not null,
  record_key       varchar(2000) not null,
  cause_type       varchar(500) not null,
  cause            varchar(4000) not null,
  record_size      integer      not null,
  at               bigint       not null,
  primary key (topic, partition, record_offset)
);
create index dead_letter_at on dead_letter (at);

create table activity (
  activity_id   varchar(36)  not null primary key,
  at            bigint       not null,
  actor         varchar(500) not null,
  address       varchar(100) not null,
  action        varchar(100) not null,
  connection_id varchar(64)  not null,
  subject       varchar(1000) not null,
  succeeded     boolean      not null,
  detail        varchar(2000) not null
);
create index activity_at on activity (at);
create index activity_subject on activity (action, subject);
