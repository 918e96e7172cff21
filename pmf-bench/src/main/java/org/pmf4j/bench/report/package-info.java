/**
 * What all benchmark reports share: a JSON file of records beside a page of the same figures, where
 * they come from, and how numbers are written. Charts and tables are those of {@link
 * org.pmf4j.report}.
 */
package org.pmf4j.bench.report;
