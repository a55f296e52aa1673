create schema if not exists shop;

create table shop.customers (
    id bigint generated always as identity primary key,
    email varchar(320) not null unique,
    first_name varchar(100) not null,
    last_name varchar(100) not null,
    country_code char(2) not null,
    created_at timestamptz not null default now()
);

create table shop.addresses (
    id bigint generated always as identity primary key,
    customer_id bigint not null references shop.customers (id),
    kind varchar(20) not null check (kind in ('shipping', 'billing')),
    line_one varchar(200) not null,
    city varchar(100) not null,
    postal_code varchar(20) not null,
    country_code char(2) not null,
    created_at timestamptz not null default now()
);
