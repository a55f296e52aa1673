select
    order_date,
    net_revenue
from {{ ref('fct_revenue_daily') }}
where net_revenue < 0
