/** A comparison of methods as tables of text and as a page. */
package org.pmf4j.bench.methods.report;
