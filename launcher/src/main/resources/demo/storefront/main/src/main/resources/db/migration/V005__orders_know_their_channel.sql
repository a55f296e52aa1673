alter table shop.orders add column channel varchar(20) not null default 'web';
alter table shop.orders add column is_test boolean not null default false;
