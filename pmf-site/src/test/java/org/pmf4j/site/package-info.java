/** Pages of the documents, and of documents that are wrong. */
package org.pmf4j.site;
