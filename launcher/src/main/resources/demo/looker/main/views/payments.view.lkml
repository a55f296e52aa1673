view: payments {
  sql_table_name: analytics.fct_payments ;;

  dimension: payment_id {
    primary_key: yes
    type: number
    sql: ${TABLE}.payment_id ;;
  }

  dimension: order_id {
    hidden: yes
    type: number
    sql: ${TABLE}.order_id ;;
  }

  dimension: payment_method {
    type: string
    sql: ${TABLE}.payment_method ;;
  }

  dimension_group: paid {
    type: time
    timeframes: [date, month]
    sql: ${TABLE}.paid_at ;;
  }

  measure: paid_amount {
    type: sum
    sql: ${TABLE}.amount ;;
  }
}
