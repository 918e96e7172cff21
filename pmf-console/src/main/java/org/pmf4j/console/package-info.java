/**
 * Long work as people see it, whichever command does it: progress as a bar on a terminal and as
 * lines elsewhere, a line for each epoch, times as text.
 */
package org.pmf4j.console;
