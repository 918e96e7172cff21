/** What is measured, as Prometheus reads it, by Micrometer. */
package org.pmf4j.serve.metric;
