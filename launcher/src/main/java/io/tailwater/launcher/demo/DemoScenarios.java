package io.tailwater.launcher.demo;

import static io.tailwater.launcher.demo.DemoScenario.Comment;
import static io.tailwater.launcher.demo.DemoScenario.Verdict;

import java.util.List;

/** The pull requests of the demo, in the order in which they are opened. */
public final class DemoScenarios {

    private static final List<DemoScenario> ALL = List.of(
            new DemoScenario(
                    "warehouse",
                    "drop-customer-email",
                    "Noor Haddad",
                    "Drop the e-mail address from stg_customers",
                    "Privacy asked us to keep addresses out of staging.",
                    Verdict.BREAKING,
                    Comment.EXPECTED,
                    List.of("stg_customers", "email", "int_customer_contacts"),
                    "int_customer_contacts computes contact_email and email_domain from customers.email, which its"
                            + " select * no longer delivers"),
            new DemoScenario(
                    "warehouse",
                    "rename-paid-at",
                    "Jonas Ek",
                    "Call it captured_at",
                    "The column holds the time of the capture. int_payments_by_order is changed with it.",
                    Verdict.BREAKING,
                    Comment.EXPECTED,
                    List.of("stg_payments", "paid_at", "captured_at", "fct_payments"),
                    "int_payments_by_order is carried along, fct_payments still reads payments.paid_at twice"),
            new DemoScenario(
                    "warehouse",
                    "leave-out-test-orders",
                    "Mara Lindqvist",
                    "Leave test orders out of staging",
                    "The shop marks them with `is_test`. No dashboard should count them.",
                    Verdict.BEHAVIOURAL,
                    Comment.EXPECTED,
                    List.of("stg_orders", "weekly_revenue"),
                    "the new condition in stg_orders removes rows from everything that reads it, fct_orders,"
                            + " fct_revenue_daily and the dashboard on it included; no column changes"),
            new DemoScenario(
                    "warehouse",
                    "monthly-refunds",
                    "Jonas Ek",
                    "Refunds by month and reason",
                    "Finance wants to see why people send things back.",
                    Verdict.ADDITIVE,
                    Comment.OPTIONAL,
                    List.of(),
                    "one new model that nobody reads yet"),
            new DemoScenario(
                    "warehouse",
                    "explain-churn-score",
                    "Noor Haddad",
                    "Explain the churn score",
                    "Only comments, one for dbt's readers and one for SQL's.",
                    Verdict.NONE,
                    Comment.NONE,
                    List.of(),
                    "comments of Jinja and of SQL leave the query as it was"),
            new DemoScenario(
                    "warehouse",
                    "campaign-profit",
                    "Ruben Costa",
                    "Profit of campaigns",
                    "",
                    Verdict.UNKNOWN,
                    Comment.EXPECTED,
                    List.of("fct_campaign_performance"),
                    "two parentheses are never closed, so what the model will deliver cannot be told"),
            new DemoScenario(
                    "warehouse",
                    "name-net-lifetime-value",
                    "Mara Lindqvist",
                    "Say that the lifetime value is net",
                    "All models that read it are changed with it.",
                    Verdict.BREAKING,
                    Comment.EXPECTED,
                    List.of("dim_customers", "lifetime_value", "lifetime_net_value"),
                    "every model is carried along, but dim_customers is a mart: what reads it outside the project, the"
                            + " Looker view customers among them, loses lifetime_value"),
            new DemoScenario(
                    "warehouse",
                    "quarterly-plans",
                    "Ruben Costa",
                    "Spread quarterly plans over three months",
                    "They counted three times in the monthly figures.",
                    Verdict.BEHAVIOURAL,
                    Comment.EXPECTED,
                    List.of("int_subscription_periods", "monthly_price", "fct_mrr_monthly"),
                    "monthly_price is computed otherwise, fct_mrr_monthly sums it up as mrr and mart_customer_360 as"
                            + " monthly_subscription_amount; no column changes"),
            new DemoScenario(
                    "storefront",
                    "drop-order-channel",
                    "Tuva Berg",
                    "Orders forget their channel",
                    "The app and the shop share one checkout now.",
                    Verdict.BREAKING,
                    Comment.EXPECTED,
                    List.of("orders", "channel"),
                    "the migration takes a column from the table shop.orders, and stg_orders of the warehouse reads it"));

    private DemoScenarios() {}

    /** All of them. */
    public static List<DemoScenario> all() {
        return ALL;
    }
}
