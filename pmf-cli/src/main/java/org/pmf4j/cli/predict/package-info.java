/** {@code pmf predict}: predicts a table or one record. */
package org.pmf4j.cli.predict;
