/**
 * Reports as one HTML file that needs nothing else: no network, pictures, sounds and charts inside,
 * light or dark as the reader's system is, readable on a phone and on paper. A {@link
 * org.pmf4j.report.Report} is a list of immutable {@link org.pmf4j.report.Section}s; each kind
 * renders itself and escapes every text it is given. Charts are drawn by Apache ECharts, whose
 * script, of some 650 KB, is in every page that has a chart, and is the only one that the page lets
 * run.
 */
package org.pmf4j.report;
