/** How long work tells what it is doing, whoever shows it. */
package org.pmf4j.core.progress;
