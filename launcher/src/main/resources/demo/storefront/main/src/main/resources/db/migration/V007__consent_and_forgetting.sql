alter table shop.customers add column phone varchar(40);
alter table shop.customers add column marketing_consent boolean not null default false;
alter table shop.customers add column deleted_at timestamptz;

create view shop.active_customers as
select
    id,
    email,
    country_code
from shop.customers
where deleted_at is null;
