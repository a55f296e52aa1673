view: revenue_weekly {
  sql_table_name: analytics.fct_revenue_weekly ;;

  dimension_group: week {
    type: time
    timeframes: [week, month]
    datatype: date
    sql: ${TABLE}.week_start ;;
  }

  dimension: currency {
    type: string
    sql: ${TABLE}.currency ;;
  }

  measure: net_revenue {
    type: sum
    sql: ${TABLE}.net_revenue ;;
  }

  measure: margin {
    type: sum
    sql: ${TABLE}.margin ;;
  }
}
