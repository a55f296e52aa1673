with daily as (

    select * from {{ ref('fct_revenue_daily') }}

),

weekly as (

    select
        cast(date_trunc('week', order_date) as date) as week_start,
        currency,
        sum(order_count) as order_count,
        sum(net_revenue) as net_revenue,
        sum(margin) as margin
    from daily
    group by 1, 2

)

select
    week_start,
    currency,
    order_count,
    net_revenue,
    margin,
    lag(net_revenue) over (partition by currency order by week_start) as previous_net_revenue
from weekly
