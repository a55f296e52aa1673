with spend as (

    select
        utm_source,
        utm_campaign,
        sum(clicks) as clicks,
        sum(cost) as cost
    from {{ ref('stg_ad_spend') }}
    group by utm_source, utm_campaign

),

acquired as (

    select
        touch.first_utm_source,
        touch.first_utm_campaign,
        count(customers.customer_id) as acquired_customers,
        sum(customers.lifetime_value) as acquired_value
    from {{ ref('int_first_touch') }} as touch
    inner join {{ ref('dim_customers') }} as customers on customers.customer_id = touch.customer_id
    group by touch.first_utm_source, touch.first_utm_campaign

)

select
    spend.utm_source,
    spend.utm_campaign,
    spend.clicks,
    spend.cost,
    coalesce(acquired.acquired_customers, 0) as acquired_customers,
    coalesce(acquired.acquired_value, 0) as acquired_value,
    spend.cost / nullif(acquired.acquired_customers, 0) as cost_per_customer
from spend
left join acquired
    on acquired.first_utm_source = spend.utm_source
    and acquired.first_utm_campaign = spend.utm_campaign
