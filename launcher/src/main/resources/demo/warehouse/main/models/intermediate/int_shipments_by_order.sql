select
    order_id,
    min(shipped_at) as first_shipped_at,
    max(delivered_at) as delivered_at,
    count(*) as parcel_count
from {{ ref('stg_shipments') }}
group by order_id
