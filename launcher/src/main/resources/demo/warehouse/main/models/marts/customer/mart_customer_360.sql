with customers as (

    select * from {{ ref('dim_customers') }}

),

subscriptions as (

    select
        customer_id,
        max(plan_name) as plan_name,
        sum(case when is_running then monthly_price else 0 end) as monthly_subscription_amount
    from {{ ref('int_subscription_periods') }}
    group by customer_id

),

tickets as (

    select
        customer_id,
        count(*) as ticket_count,
        avg(hours_to_reply) as average_hours_to_reply
    from {{ ref('int_ticket_times') }}
    group by customer_id

),

activity as (

    select
        customer_id,
        max(happened_at) as last_active_at
    from {{ ref('int_customer_activity') }}
    group by customer_id

)

select
    customers.customer_id,
    customers.full_name,
    customers.contact_email,
    customers.region,
    customers.order_count,
    customers.lifetime_value,
    subscriptions.plan_name,
    coalesce(subscriptions.monthly_subscription_amount, 0) as monthly_subscription_amount,
    coalesce(tickets.ticket_count, 0) as ticket_count,
    tickets.average_hours_to_reply,
    activity.last_active_at
from customers
left join subscriptions on subscriptions.customer_id = customers.customer_id
left join tickets on tickets.customer_id = customers.customer_id
left join activity on activity.customer_id = customers.customer_id
