/**
 * Reports as one HTML file that needs nothing else: no network, no scripts, pictures and charts
 * inside, light or dark as the reader's system is, readable on a phone. A {@link
 * org.pmf4j.report.Report} is a list of immutable {@link org.pmf4j.report.Section}s; each kind
 * renders itself and escapes every text it is given.
 */
package org.pmf4j.report;
