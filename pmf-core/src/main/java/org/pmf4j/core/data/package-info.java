/**
 * Tables of examples, one column for each modality and one for the label, from CSV or JSONL; and
 * what their labels mean as targets of a task.
 */
package org.pmf4j.core.data;
