- dashboard: weekly_revenue
  title: Weekly revenue
  layout: newspaper
  elements:
    - name: revenue_by_week
      title: Net revenue by week
      model: fernweh
      explore: revenue_weekly
      type: looker_line
      fields: [revenue_weekly.week_week, revenue_weekly.net_revenue]
    - name: revenue_by_channel
      title: Net revenue by channel
      model: fernweh
      explore: orders
      type: looker_column
      fields: [orders.order_channel, orders.net_revenue]
    - name: value_by_region
      title: Lifetime value by region
      model: fernweh
      explore: customers
      type: looker_bar
      fields: [customers.region, customers.average_lifetime_value]
