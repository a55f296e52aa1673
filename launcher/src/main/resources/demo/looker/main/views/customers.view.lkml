view: customers {
  sql_table_name: analytics.dim_customers ;;

  dimension: customer_id {
    primary_key: yes
    type: number
    sql: ${TABLE}.customer_id ;;
  }

  dimension: email_domain {
    type: string
    sql: ${TABLE}.email_domain ;;
  }

  dimension: region {
    type: string
    sql: ${TABLE}.region ;;
  }

  dimension: lifetime_value {
    type: number
    value_format_name: eur
    sql: ${TABLE}.lifetime_value ;;
  }

  measure: customer_count {
    type: count_distinct
    sql: ${TABLE}.customer_id ;;
  }

  measure: average_lifetime_value {
    type: average
    value_format_name: eur
    sql: ${lifetime_value} ;;
  }
}
