/** The page for people: three files that a browser reads from this server alone, and no others. */
package org.pmf4j.serve.page;
