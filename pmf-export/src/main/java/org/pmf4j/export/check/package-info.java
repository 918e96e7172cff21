/**
 * Holds exported graphs against the backend: on rows of a table, or on made-up ones ({@link
 * org.pmf4j.export.check.MadeUpRows}).
 */
package org.pmf4j.export.check;
