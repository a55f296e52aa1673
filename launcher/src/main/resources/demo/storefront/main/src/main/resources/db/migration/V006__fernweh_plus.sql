create table shop.plans (
    id bigint generated always as identity primary key,
    name varchar(60) not null,
    billing_interval varchar(10) not null check (billing_interval in ('month', 'year')),
    price_cents integer not null
);

create table shop.subscriptions (
    id bigint generated always as identity primary key,
    customer_id bigint not null references shop.customers (id),
    plan_id bigint not null references shop.plans (id),
    status varchar(20) not null,
    started_at timestamptz not null,
    cancelled_at timestamptz,
    cancel_reason varchar(200)
);
