/** {@code pmf evaluate}: compares a model with labelled data, as a table and as a file. */
package org.pmf4j.cli.evaluate;
