select
    id as coupon_id,
    upper(code) as coupon_code,
    discount_percent,
    valid_from,
    valid_until
from {{ source('shop', 'coupons') }}
