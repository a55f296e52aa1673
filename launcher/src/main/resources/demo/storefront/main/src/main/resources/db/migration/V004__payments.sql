create table shop.payments (
    id bigint generated always as identity primary key,
    order_id bigint not null references shop.orders (id),
    method varchar(20) not null,
    status varchar(20) not null,
    amount_cents integer not null,
    paid_at timestamptz
);

create table shop.refunds (
    id bigint generated always as identity primary key,
    payment_id bigint not null references shop.payments (id),
    reason varchar(100),
    amount_cents integer not null,
    refunded_at timestamptz not null default now()
);

create table shop.shipments (
    id bigint generated always as identity primary key,
    order_id bigint not null references shop.orders (id),
    carrier varchar(40) not null,
    shipped_at timestamptz,
    delivered_at timestamptz
);
