# Words of the field: so far those that stand beside what an account says.

status-new = Nuovo
status-open = Aperto
status-pending = In attesa
status-hold = In sospeso
status-solved = Risolto
status-closed = Chiuso

priority-low = Bassa
priority-normal = Normale
priority-high = Alta
priority-urgent = Urgente

value-yes = sì
value-no = no
