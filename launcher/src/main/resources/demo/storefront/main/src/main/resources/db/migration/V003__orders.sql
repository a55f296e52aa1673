create table shop.coupons (
    id bigint generated always as identity primary key,
    code varchar(40) not null unique,
    discount_percent numeric(5, 2) not null,
    valid_from date not null,
    valid_until date
);

create table shop.orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references shop.customers (id),
    coupon_id bigint references shop.coupons (id),
    status varchar(20) not null default 'draft',
    currency char(3) not null default 'EUR',
    shipping_cents integer not null default 0,
    placed_at timestamptz,
    updated_at timestamptz not null default now()
);

create table shop.order_items (
    id bigint generated always as identity primary key,
    order_id bigint not null references shop.orders (id),
    product_id bigint not null references shop.products (id),
    quantity integer not null check (quantity > 0),
    unit_price_cents integer not null,
    discount_cents integer not null default 0
);

create index orders_by_customer on shop.orders (customer_id);
