package io.tailwater.publisher.publish;

/** When a pull request gets a first comment although nothing was found. A comment that stands is always kept true. */
public enum PublishingRules {
    /** Never: no finding, no comment. */
    FINDINGS_ONLY,
    /** When not everything could be analysed, so that silence always means "nobody can notice". */
    FINDINGS_AND_UNKNOWN,
    /** Always. */
    EVERYTHING
}
