/**
 * Tables of examples, one column for each modality and one for the label, from CSV or JSONL;; what
 * their labels mean as targets of a task; and which modalities a row has, {@link
 * org.pmf4j.core.data.Presence}.
 */
package org.pmf4j.core.data;
