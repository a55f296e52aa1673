create table shop.product_categories (
    id bigint generated always as identity primary key,
    name varchar(100) not null,
    parent_id bigint references shop.product_categories (id)
);

create table shop.products (
    id bigint generated always as identity primary key,
    sku varchar(40) not null unique,
    name varchar(200) not null,
    category_id bigint references shop.product_categories (id),
    unit_cost_cents integer not null,
    list_price_cents integer not null,
    is_active boolean not null default true,
    created_at timestamptz not null default now()
);
