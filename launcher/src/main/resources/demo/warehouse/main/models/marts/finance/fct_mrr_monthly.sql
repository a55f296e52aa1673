with months as (

    select distinct {{ month_of('started_at') }} as month_start
    from {{ ref('int_subscription_periods') }}

),

periods as (

    select * from {{ ref('int_subscription_periods') }}

)

select
    months.month_start,
    periods.plan_name,
    count(periods.subscription_id) as subscription_count,
    sum(periods.monthly_price) as mrr
from months
inner join periods
    on {{ month_of('periods.started_at') }} <= months.month_start
    and (periods.cancelled_at is null or periods.cancelled_at >= months.month_start)
group by months.month_start, periods.plan_name
