connection: "warehouse"
label: "Fernweh Outfitters"

include: "/views/*.view.lkml"
include: "/dashboards/*.dashboard.lookml"

explore: orders {
  label: "Orders"
  join: customers {
    type: left_outer
    relationship: many_to_one
    sql_on: ${orders.customer_id} = ${customers.customer_id} ;;
  }
  join: payments {
    type: left_outer
    relationship: one_to_many
    sql_on: ${payments.order_id} = ${orders.order_id} ;;
  }
}

explore: customers {
  label: "Customers"
}

explore: revenue_weekly {
  label: "Revenue by week"
}
